window.addEventListener('load', () => {
  SwaggerUIBundle({ url: '/api/openapi.yaml', dom_id: '#swagger-ui', deepLinking: true, persistAuthorization: false });
});
